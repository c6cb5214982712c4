/** Which build this is, as it says to the server and a list of laptops shows. A test holds it to package.json. */
export const appVersion = '0.1.0';
