/** Tells a password manager, and nobody else, whose password the form asks for. */
export function AccountName({ email }: { readonly email: string }) {
  return (
    <input
      class="govuk-visually-hidden"
      type="email"
      autocomplete="username"
      value={email}
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  );
}
