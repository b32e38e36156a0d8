/** What stands at the top of the OpenAPI document; the rest is made from the routes. */
export const openApi = {
  openapi: '3.1.0',
  info: {
    title: 'medlyssning',
    version: 'v1',
    description:
      'Who may listen to whom, who listens, and listening itself. Every refusal is a problem with a stable reason.',
  },
  components: {
    securitySchemes: { bearer: { type: 'http' as const, scheme: 'bearer', bearerFormat: 'JWT' } },
  },
  security: [{ bearer: [] }],
};
