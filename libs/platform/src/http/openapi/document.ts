import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ERROR_CATALOGUE } from '@daraa/kernel';
import { BEARER } from '../access/access.js';
import { Routes } from '../access/routes.js';
import { addExamples } from './examples.js';
import { finishOperations } from './finish.js';
import { documentAnswers } from './responses.js';

const ERROR_REPLY = {
  type: 'object' as const,
  required: ['success', 'error'],
  properties: {
    success: { type: 'boolean' as const, enum: [false] },
    error: {
      type: 'object' as const,
      required: ['code', 'message', 'details', 'timestamp', 'path', 'requestId'],
      properties: {
        code: { type: 'string' as const, enum: Object.keys(ERROR_CATALOGUE) },
        message: { type: 'string' as const },
        details: {
          type: 'array' as const,
          items: {
            type: 'object' as const,
            required: ['field', 'message'],
            properties: { field: { type: 'string' as const }, message: { type: 'string' as const } },
          },
        },
        timestamp: { type: 'string' as const, format: 'date-time' },
        path: { type: 'string' as const },
        requestId: { type: 'string' as const },
        data: { type: 'object' as const, additionalProperties: true },
      },
    },
  },
};

/** The OpenAPI document of an application, from what its controllers state. */
export function buildOpenApiDocument(app: INestApplication): OpenAPIObject {
  documentAnswers(app.get(Routes, { strict: false }).all());
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.0.3')
    .setTitle('Daraa')
    .setDescription('A multi-vendor marketplace: many stores in one checkout. Money is in minor units; times are UTC.')
    .setVersion('1.0.0')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This server')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The access token of a login.' }, BEARER)
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (_controller, method) => method,
    autoTagControllers: false,
  });
  document.components = { ...document.components, schemas: { ...document.components?.schemas, ErrorReply: ERROR_REPLY } };
  finishOperations(document);
  addExamples(document);
  return document;
}

/** Serves Swagger UI at `/docs` and the document at `/docs/openapi.json`; the document is built when it is first asked for. */
export function serveDocumentation(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => buildOpenApiDocument(app), {
    jsonDocumentUrl: 'docs/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Daraa API',
  });
}
