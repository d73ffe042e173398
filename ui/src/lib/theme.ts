/** ISA-101: grey is normal; the alarm colours appear nowhere else. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const steel: MantineColorsTuple = [
  '#eef2f5', '#dde4ea', '#b9c7d3', '#93a9bb', '#748fa6', '#5f7f99', '#4a6a84', '#3b586f', '#2f4858', '#223644',
];

export const theme = createTheme({
  primaryColor: 'steel',
  primaryShade: { light: 7, dark: 6 },
  colors: { steel },
  autoContrast: true,
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace',
});

/** Pens of a chart: blues and greys that differ in lightness too, readable without colour vision. */
export const pens = ['#3f7cac', '#8a6bb1', '#4f9a94', '#6b7a86', '#2b5c8a', '#a08bc4', '#2f7f79', '#8fa3b3'];
