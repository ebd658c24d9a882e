/** The files of pages, which are no part of the API. */
export const undocumentedPaths = ['/docs.css', '/', '/playground.js', '/playground.css'];
