/** A QR code as SVG, made here: nobody else learns what is in it. Black on white also where the screen is dark. */
import qrcode from 'qrcode-generator';

/** Modules of white that readers need around it. */
const quiet = 4;

interface QrCodeProps {
  readonly text: string;
  /** What it is, for those who do not see it. */
  readonly label: string;
}

export function QrCode({ text, label }: QrCodeProps) {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const size = count + 2 * quiet;
  const all = Array.from({ length: count }, (_, at) => at);
  const dark = all.flatMap((row) =>
    all.filter((column) => code.isDark(row, column)).map((column) => `M${column + quiet} ${row + quiet}h1v1h-1z`),
  );
  return (
    <svg class="app-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect class="app-qr__light" width={size} height={size} />
      <path class="app-qr__dark" d={dark.join('')} />
    </svg>
  );
}
