import { Empty } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { shell } from '../../lib/texts/shell';

/** Replaced by the page itself. */
export function Rules() {
  return <Page title={shell.nav.rules}><Empty title={shell.nav.rules} /></Page>;
}
