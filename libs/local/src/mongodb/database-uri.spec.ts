import { databaseOf, withDatabase } from './database-uri.js';

describe('naming the database of a connection string', () => {
  it.each([
    ['mongodb://127.0.0.1:27017', 'mongodb://127.0.0.1:27017/daraa'],
    ['mongodb://127.0.0.1:27017/', 'mongodb://127.0.0.1:27017/daraa'],
    ['mongodb://127.0.0.1:27017/other?directConnection=true', 'mongodb://127.0.0.1:27017/daraa?directConnection=true'],
    ['mongodb://a:1,b:2/?replicaSet=rs0', 'mongodb://a:1,b:2/daraa?replicaSet=rs0'],
    ['mongodb+srv://cluster.example.com', 'mongodb+srv://cluster.example.com/daraa'],
  ])('%s', (before, after) => {
    expect(withDatabase(before, 'daraa')).toBe(after);
  });

  it('looks the user up where it was looked up before', () => {
    expect(withDatabase('mongodb://u:p@h/accounts', 'daraa')).toBe('mongodb://u:p@h/daraa?authSource=accounts');
    expect(withDatabase('mongodb://u:p@h', 'daraa')).toBe('mongodb://u:p@h/daraa?authSource=admin');
    expect(withDatabase('mongodb://u:p@h/a?authSource=b', 'daraa')).toBe('mongodb://u:p@h/daraa?authSource=b');
  });

  it('refuses what is no connection string', () => {
    expect(() => withDatabase('http://127.0.0.1', 'daraa')).toThrow('MONGODB_URI must look like mongodb://host:27017/database');
  });

  it('reads the name', () => {
    expect(databaseOf('mongodb://h/daraa?w=1')).toBe('daraa');
    expect(databaseOf('mongodb://h/?w=1')).toBeUndefined();
  });
});
