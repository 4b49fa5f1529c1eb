import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { AdminOnly, IdParam, IfMatch, Operation, paged, PageQuery, Public, PublicCache, RateLimit } from '@daraa/platform';
import { ArrangeCategories } from '../application/arrange-categories.js';
import { FindCategories } from '../application/find-categories.js';
import { adminViewOfCategory } from '../catalog.views.js';
import { ChangeCategoryDto, CreateCategoryDto } from './categories.dto.js';
import { AdminCategoryResponse, CategoryResponse } from './categories.response.js';

/** The tree of categories, for everybody. */
@Controller('categories')
export class CategoriesController {
  constructor(private readonly findCategories: FindCategories) {}

  @Get()
  @Public()
  @RateLimit('catalog')
  @PublicCache(60)
  @Operation({ id: 'listCategories', tag: 'catalog', summary: 'Show the tree of categories', success: { status: 200, type: [CategoryResponse] } })
  tree() {
    return this.findCategories.tree();
  }
}

/** The tree of categories, for those who arrange it. */
@Controller('admin/categories')
@AdminOnly('catalog.categories')
export class AdminCategoriesController {
  constructor(
    private readonly findCategories: FindCategories,
    private readonly arrange: ArrangeCategories,
  ) {}

  @Get()
  @Operation({
    id: 'listAllCategories',
    tag: 'admin catalog',
    summary: 'List all categories, hidden ones too',
    success: { status: 200, type: AdminCategoryResponse, list: 'page' },
  })
  async list(@Query() query: PageQuery) {
    return paged(await this.findCategories.list(query));
  }

  @Post()
  @Operation({
    id: 'createCategory',
    tag: 'admin catalog',
    summary: 'Add a category',
    success: { status: 201, type: AdminCategoryResponse },
    errors: ['CATEGORY_NOT_FOUND', 'SLUG_TAKEN'],
  })
  async create(@Body() { parentId, ...dto }: CreateCategoryDto) {
    const draft = { ...structuredClone(dto), ...(parentId ? { parentId } : {}) };
    return adminViewOfCategory(await this.arrange.create(draft));
  }

  @Patch(':categoryId')
  @Operation({
    id: 'changeCategory',
    tag: 'admin catalog',
    summary: 'Change a category',
    success: { status: 200, type: AdminCategoryResponse },
    errors: ['CATEGORY_NOT_FOUND', 'SLUG_TAKEN', 'VERSION_MISMATCH'],
  })
  async change(
    @IdParam('categoryId', 'cat', 'CATEGORY_NOT_FOUND') categoryId: string,
    @IfMatch() expectedVersion: number | undefined,
    @Body() dto: ChangeCategoryDto,
  ) {
    return adminViewOfCategory(await this.arrange.edit(categoryId, structuredClone({ ...dto }), expectedVersion));
  }
}
