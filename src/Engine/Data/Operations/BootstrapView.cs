namespace Microsoft.ML.Data;

/// <summary>
/// A sample with replacement of about the same size: each row is given as often as a Poisson variable of mean 1 says,
/// or, for the complement, once where the variable is 0.
/// </summary>
internal sealed class BootstrapView(IDataView source, int seed, bool complement) : EngineView(source.Schema)
{
    public override long? GetRowCount() => null;

    public override BatchCursor OpenBatches(bool[] active, Random? rand) =>
        new Cursor(Batches.Open(source, active), active, new HybridRandom((uint)seed), complement);

    private sealed class Cursor : BatchCursor
    {
        private readonly BatchCursor _source;
        private readonly Random _random;
        private readonly bool _complement;
        private readonly (BatchColumn From, BatchColumn To)?[] _columns;
        private readonly List<int> _rows = [];

        public Cursor(BatchCursor source, bool[] active, Random random, bool complement)
        {
            _source = source;
            _random = random;
            _complement = complement;
            _columns = [.. active.Select((a, i) => a ? (source.Column(i), source.Column(i).NewSame()) : default((BatchColumn, BatchColumn)?))];
        }

        public override BatchColumn Column(int index) => _columns[index]?.To ?? throw Batches.Inactive(index);

        public override DataViewRowId Id(int row) => _source.Id(_rows[row]);

        protected override int Read(int maxRows)
        {
            _rows.Clear();
            while (_rows.Count == 0 && _source.MoveNext(maxRows))
                for (int i = 0; i < _source.Count; i++)
                    for (int left = Draw(); left > 0; left--)
                        _rows.Add(i);
            var rows = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rows);
            foreach (var pair in _columns)
                pair?.To.Gather(pair.Value.From, rows);
            return _rows.Count;
        }

        protected override void Dispose(bool disposing) => _source.Dispose();

        private int Draw()
        {
            int count = Poisson(_random);
            return !_complement ? count : count == 0 ? 1 : 0;
        }

        // D. Knuth's method: uniform numbers are multiplied until the product falls below exp(-1).
        private static int Poisson(Random random)
        {
            int count = -1;
            for (double product = 1; product >= 1 / Math.E; product *= random.NextDouble())
                count++;
            return count;
        }
    }
}
