import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { DEFAULT_SETTINGS } from './platform-settings.js';
import type { PlatformSettings } from './platform-settings.js';

const DOCUMENT = 'platform';

/** The platform's settings, at hand in memory: what the document `settings/platform` says over the defaults, read at start. */
@Injectable()
export class Settings implements OnModuleInit {
  private present: PlatformSettings = DEFAULT_SETTINGS;

  constructor(@InjectConnection() private readonly connection: Connection) {}

  current(): PlatformSettings {
    return this.present;
  }

  /** Reads the document again. */
  async reload(): Promise<PlatformSettings> {
    const stored = await this.connection
      .collection<{ _id: string; values: Partial<PlatformSettings> }>('settings')
      .findOne({ _id: DOCUMENT });
    this.present = { ...DEFAULT_SETTINGS, ...stored?.values };
    return this.present;
  }

  async onModuleInit(): Promise<void> {
    await this.reload();
  }
}
