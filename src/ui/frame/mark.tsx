/** The product's mark: a plumb line, hanging true. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg class="app-mark" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d="M4 2h16v2.500h-6.900V10h-2.200V4.500H4z" />
      <path d="M7.500 11.500h9L12 22.500z" />
    </svg>
  );
}
