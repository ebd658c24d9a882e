/** The Worker that the metered one passes requests on to: an alias that wrangler resolves when it bundles. */
declare module 'metered-service' {
  const service: {
    fetch: (...args: Parameters<ExportedHandlerFetchHandler<object>>) => Response | Promise<Response>;
    scheduled?: ExportedHandlerScheduledHandler<object>;
  };
  export default service;
}
