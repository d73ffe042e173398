/** ISA-101: grey is normal; the alarm colours appear nowhere else. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const steel: MantineColorsTuple = [
  '#eef2f5', '#dde4ea', '#b9c7d3', '#93a9bb', '#748fa6', '#5f7f99', '#4a6a84', '#3b586f', '#2f4858', '#223644',
];

/** The dark theme's greys with the same touch of blue as its surfaces. */
const dark: MantineColorsTuple = [
  '#d8e0e5', '#bcc8d0', '#93a1ab', '#74828c', '#47525a', '#3b444a', '#2d3439', '#1b2023', '#161a1d', '#111416',
];

export const theme = createTheme({
  primaryColor: 'steel',
  primaryShade: { light: 7, dark: 6 },
  colors: { steel, dark },
  autoContrast: true,
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  // what a field means stands below it, so that fields beside each other stay in line
  components: { InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } } },
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace',
});

/** Pens of a chart: blues, violets and greens that differ in lightness too; none is an alarm colour. */
const PENS = {
  light: ['#2f6f9f', '#7b5ea7', '#1f8a7d', '#56646f', '#174a7c', '#a06cc8', '#4f8f3a', '#8595a1'],
  dark: ['#6fb1e0', '#b99ce6', '#5cc8b7', '#a9b6bf', '#8fb6ff', '#d6b8f5', '#9bd17f', '#d3dbe1'],
};

/** The colour of the i-th pen in a theme. */
export function penColour(i: number, isDark: boolean): string {
  const pens = isDark ? PENS.dark : PENS.light;
  return pens[i % pens.length] ?? '#888888';
}
