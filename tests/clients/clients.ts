import { readFileSync } from "node:fs";
import { ApolloClient, InMemoryCache, gql as apolloGql } from "@apollo/client/core/index.js";
import { Client, cacheExchange, fetchExchange, gql } from "@urql/core";
import type { EventsQuery, EventsQueryVariables } from "./generated/operations.js";

const url = `${process.env.SITE}/api/graphql`;
const text = readFileSync("events.graphql", "utf8");
const pages: EventsQueryVariables[] = [0, 2].map(skip => ({ culture: "sr-latn", from: "2000-01-01T00:00:00Z", first: 2, skip }));
const wrong = "{ event { nothing } }";

/** What a page shows; the compiler checks it against the site's schema. */
function titles(data: EventsQuery | undefined): string[] {
  return (data?.event ?? []).map(event => event?.displayText ?? "");
}

async function apollo() {
  const client = new ApolloClient({ uri: url, cache: new InMemoryCache() });
  const found: string[][] = [];
  for (const variables of pages) {
    const answer = await client.query<EventsQuery, EventsQueryVariables>({ query: apolloGql(text), variables });
    found.push(titles(answer.data));
  }
  const code = await client.query({ query: apolloGql(wrong) }).then(() => "", error => error.networkError.result.errors[0].extensions.code as string);
  return { found, code };
}

async function urql() {
  const client = new Client({ url, exchanges: [cacheExchange, fetchExchange], preferGetMethod: false });
  const found: string[][] = [];
  for (const variables of pages) {
    const answer = await client.query<EventsQuery, EventsQueryVariables>(gql(text), variables).toPromise();
    if (answer.error) throw answer.error;
    found.push(titles(answer.data));
  }
  const failed = await client.query(wrong, {}).toPromise();
  return { found, code: failed.error?.graphQLErrors[0]?.extensions.code };
}

console.log(JSON.stringify({ apollo: await apollo(), urql: await urql() }));
