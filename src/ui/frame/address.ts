/** The address that the page was opened at, before there is a router. */
export const isAt = (path: string): boolean => location.pathname === path;
