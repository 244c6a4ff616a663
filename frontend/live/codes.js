// With which the server closes a socket: sign in first, nothing there that you may see.
export const ANONYMOUS = 4401;
export const STRANGER = 4404;
