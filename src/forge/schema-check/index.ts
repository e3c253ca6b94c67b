export { createSchemaCheck, type SchemaCheck } from './schema-check.ts';
