import { Empty } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { shell } from '../../lib/texts/shell';

/** Replaced by the page itself. */
export function Dashboards() {
  return <Page title={shell.nav.dashboards}><Empty title={shell.nav.dashboards} /></Page>;
}
