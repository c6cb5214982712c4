/** The product's mark: a plumb line, hanging true. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg class="app-mark" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d="M5 1.500h14v2.300h-5.850V11h-2.300V3.800H5z" />
      <path d="M8.750 11h6.500l2.500 3.500L12 23l-5.750-8.500z" />
    </svg>
  );
}
