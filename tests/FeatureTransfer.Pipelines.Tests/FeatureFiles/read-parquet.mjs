// Reads a Parquet file of features with hyparquet and tells what is in it: node read-parquet.mjs FILE
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet'

const file = await asyncBufferFromFile(process.argv[2])
const metadata = await parquetMetadataAsync(file)
let rows = []
await parquetRead({ file, metadata, onComplete: data => { rows = data } })
const values = Float32Array.from(rows.flatMap(row => row.slice(1)))
process.stdout.write(JSON.stringify({
  rows: Number(metadata.num_rows),
  groups: metadata.row_groups.map(group => Number(group.num_rows)),
  columns: metadata.schema.slice(1).map(column => `${column.name} ${column.type} ${column.repetition_type}`),
  inputs: rows.map(row => row[0]),
  values: Buffer.from(values.buffer).toString('base64'),
}))
