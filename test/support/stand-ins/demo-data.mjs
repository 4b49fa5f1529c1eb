// Stands in for the demo data: counts how often it was loaded into the same database, or fails when told to.
import mongoose from 'mongoose';

if (process.env.STAND_IN_FAILS === 'demo data') throw new Error('the categories are missing');
const { connection } = await mongoose.connect(process.env.MONGODB_URI);
await connection.collection('demo').updateOne({}, { $inc: { loaded: 1 } }, { upsert: true, writeConcern: { w: 'majority', j: true } });
await mongoose.disconnect();
