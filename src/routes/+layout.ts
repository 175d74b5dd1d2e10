// Pages are complete without script; nothing of the framework is sent to the browser.
export const csr = false;
