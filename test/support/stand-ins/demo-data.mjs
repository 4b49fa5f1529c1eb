// Stands in for the demo data: counts how often it was loaded into the same database.
import mongoose from 'mongoose';

const { connection } = await mongoose.connect(process.env.MONGODB_URI);
await connection.collection('demo').updateOne({}, { $inc: { loaded: 1 } }, { upsert: true, writeConcern: { w: 'majority', j: true } });
await mongoose.disconnect();
