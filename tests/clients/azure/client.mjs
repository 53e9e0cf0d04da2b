// Calls of Azure's client, one after another: node client.mjs '{"url", "calls": [{"path", "arguments"?, "method", "options"?}]}'
import ContentSafetyClient, { isUnexpected, paginate } from "@azure-rest/ai-content-safety";
import { AzureKeyCredential } from "@azure/core-auth";

const job = JSON.parse(process.argv[2]);
const client = ContentSafetyClient(job.url, new AzureKeyCredential("any-key"), job.clientOptions ?? {});

async function call({ path, arguments: names = [], method, options = {}, pages = false }) {
  const response = await client.path(path, ...names)[method](options);
  if (isUnexpected(response)) {
    return { status: response.status, code: response.headers["x-ms-error-code"], error: response.body.error };
  }
  if (!pages) return { status: response.status, body: response.body };
  const items = [];
  for await (const item of paginate(client, response)) items.push(item);
  return { status: response.status, items };
}

const results = [];
try {
  for (const one of job.calls) results.push(await call(one));
  console.log(JSON.stringify({ results }));
} catch (error) {
  console.log(JSON.stringify({ thrown: error.constructor.name, message: error.message, results }));
}
