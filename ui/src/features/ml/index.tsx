import { Anchor, Text } from '@mantine/core';
import { Empty } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { ml as texts } from '../../lib/texts/ml';
import { shell } from '../../lib/texts/shell';

/** Says where models are worked while they have no page. */
export function Models() {
  return (
    <Page title={shell.nav.models}>
      <Empty title={texts.title}>
        <Text maw={560} ta="center">{texts.lead}</Text>
        <Anchor href="/docs" c="inherit" underline="always">{texts.reference}</Anchor>
      </Empty>
    </Page>
  );
}
