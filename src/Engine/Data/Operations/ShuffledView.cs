namespace Microsoft.ML.Data;

/// <summary>
/// The rows of a view in another order: through a pool out of which a random row is given, and whose place the next
/// row takes. The order is the same each time it is read.
/// </summary>
internal sealed class ShuffledView(IDataView source, int seed, int poolRows, bool shuffleSource) : EngineView(source.Schema)
{
    public override bool CanShuffle => true;

    public override long? GetRowCount() => source.GetRowCount();

    public override BatchCursor OpenBatches(bool[] active, Random? rand)
    {
        var random = rand ?? new HybridRandom((uint)seed);
        var order = shuffleSource && source.CanShuffle ? new HybridRandom((uint)random.Next()) : null;
        return new Cursor(Batches.Open(source, active, order), active, random, poolRows);
    }

    private sealed class Cursor : BatchCursor
    {
        private readonly BatchCursor _source;
        private readonly Random _random;
        private readonly (BatchColumn From, BatchColumn Pool, BatchColumn To)?[] _columns;
        private readonly DataViewRowId[] _poolIds;
        private readonly List<DataViewRowId> _ids = [];
        private int _pooled;
        private int _next;

        public Cursor(BatchCursor source, bool[] active, Random random, int poolRows)
        {
            _source = source;
            _random = random;
            _poolIds = new DataViewRowId[poolRows];
            _columns = [.. active.Select((a, i) => a ? Triple(source.Column(i), poolRows) : default((BatchColumn, BatchColumn, BatchColumn)?))];
        }

        public override BatchColumn Column(int index) => _columns[index]?.To ?? throw Batches.Inactive(index);

        public override DataViewRowId Id(int row) => _ids[row];

        protected override int Read(int maxRows)
        {
            _ids.Clear();
            maxRows = Math.Min(maxRows, Batches.MaxRows);
            while (_ids.Count < maxRows)
            {
                while (_pooled < _poolIds.Length && Available())
                    Put(_pooled++);
                if (_pooled == 0)
                    break;
                int row = _random.Next(_pooled);
                Give(row);
                if (Available())
                    Put(row);
                else
                    Close(row);
            }
            return _ids.Count;
        }

        protected override void Dispose(bool disposing) => _source.Dispose();

        private static (BatchColumn, BatchColumn, BatchColumn) Triple(BatchColumn from, int poolRows)
        {
            var pool = from.NewSame();
            pool.Resize(poolRows);
            return (from, pool, from.NewSame());
        }

        private bool Available()
        {
            if (_next < _source.Count)
                return true;
            _next = 0;
            return _source.MoveNext(Batches.MaxRows);
        }

        private void Put(int row)
        {
            foreach (var column in _columns)
                column?.Pool.Set(row, column.Value.From, _next);
            _poolIds[row] = _source.Id(_next++);
        }

        private void Give(int row)
        {
            foreach (var column in _columns)
            {
                column?.To.Resize(_ids.Count + 1);
                column?.To.Set(_ids.Count, column.Value.Pool, row);
            }
            _ids.Add(_poolIds[row]);
        }

        // The last row takes the place of the one that was given.
        private void Close(int row)
        {
            _pooled--;
            foreach (var column in _columns)
                column?.Pool.Set(row, column.Value.Pool, _pooled);
            _poolIds[row] = _poolIds[_pooled];
        }
    }
}
