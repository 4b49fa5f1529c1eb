// Who may act for a store is answered by stores; specs of contexts that must not know stores take the answer from here.
export { StoresHttpModule } from '@daraa/stores';
