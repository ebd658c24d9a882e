/** A QR code: its modules, row by row. */
export type Bitmap = { readonly size: number; get(x: number, y: number): boolean };

/** The QR code (ISO/IEC 18004) of `text`, in the smallest version that fits. */
export function generate(text: string): Bitmap;

/** `code` as an SVG document, with a margin of `pad` modules. */
export function toSvgSource(code: Bitmap, options: { on: string; off: string; pad: number }): string;
