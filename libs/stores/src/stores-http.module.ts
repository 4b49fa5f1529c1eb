import { Module } from '@nestjs/common';
import { AdminStoresController } from './http/admin-stores.controller.js';
import { StoresController } from './http/stores.controller.js';
import { StoresModule } from './stores.module.js';

@Module({ imports: [StoresModule], controllers: [StoresController, AdminStoresController] })
export class StoresHttpModule {}
