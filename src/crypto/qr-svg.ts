import { loadLeanQr } from './modules/load-lean-qr.ts';

/** The light margin in modules that ISO/IEC 18004 asks for. */
const QUIET_ZONE = 4;

/** The QR code (ISO/IEC 18004) of `text` as an SVG: black on white, whatever the page's colours are. */
export async function qrSvg(text: string): Promise<string> {
  const { generate, toSvgSource } = await loadLeanQr();
  return toSvgSource(generate(text), { on: 'black', off: 'white', pad: QUIET_ZONE });
}
