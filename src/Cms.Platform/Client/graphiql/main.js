import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';

const fetcher = async (request) => {
  const answer = await fetch('/api/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  });
  return answer.json();
};

createRoot(document.getElementById('graphiql')).render(createElement(GraphiQL, { fetcher }));
