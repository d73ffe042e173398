import { Empty } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { shell } from '../../lib/texts/shell';

/** Replaced by the page itself. */
export function Alarms() {
  return <Page title={shell.nav.alarms}><Empty title={shell.nav.alarms} /></Page>;
}
