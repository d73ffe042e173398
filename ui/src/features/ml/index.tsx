import { Empty } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { shell } from '../../lib/texts/shell';

/** Replaced by the page itself. */
export function Models() {
  return <Page title={shell.nav.models}><Empty title={shell.nav.models} /></Page>;
}
