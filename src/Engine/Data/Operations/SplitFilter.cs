using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A number from 0 to 1 for each row: where it falls decides on which side of a split the row lies.</summary>
internal abstract class SplitNumber
{
    /// <summary>The column that the number is made from, if any.</summary>
    public virtual int[] Inputs => [];

    public virtual bool AnyOrder => true;

    public abstract Func<int, double> Open(BatchColumn[] inputs);

    /// <summary>By chance, or by a column whose rows of one value stay together.</summary>
    public static SplitNumber Create(IDataView data, string? samplingKeyColumnName, int seed)
    {
        if (samplingKeyColumnName is null)
            return new ByChance((uint)seed);
        var column = Check.Column(data.Schema, samplingKeyColumnName, "SamplingKeyColumn", "samplingKeyColumn");
        if (column.Type is KeyDataViewType key)
            return TypeDispatch.Call(key.RawType, new KeyVisitor(column.Index, key));
        if (column.Type.Equals(NumberDataViewType.Single) || column.Type.Equals(NumberDataViewType.Double))
            return ByRange.Of(data, column);
        return TypeDispatch.CallRaw(column.Type, new HashVisitor(column, (uint)seed));
    }

    private sealed class ByChance(uint seed) : SplitNumber
    {
        public override bool AnyOrder => false;

        public override Func<int, double> Open(BatchColumn[] inputs)
        {
            var random = new HybridRandom(seed);
            return _ => random.NextSingle();
        }
    }

    private sealed class KeyVisitor(int input, KeyDataViewType key) : IItemVisitor<SplitNumber>
    {
        public SplitNumber Visit<T>() => new ByValue<T>(input, value => (KeyNumber.Get(value) - 0.5) / key.Count);
    }

    private sealed class HashVisitor(DataViewSchema.Column column, uint seed) : IItemVisitor<SplitNumber>
    {
        private const int Bits = 30;

        public SplitNumber Visit<T>()
        {
            var hash = ItemHash.Of<T>(column);
            return new ByValue<T>(column.Index, value => ((hash(seed, value) & ((1u << Bits) - 1)) + 0.5) / (1u << Bits));
        }
    }

    private sealed class ByValue<T>(int input, Func<T, double> number) : SplitNumber
    {
        public override int[] Inputs => [input];

        public override Func<int, double> Open(BatchColumn[] inputs)
        {
            var column = (BatchColumn<T>)inputs[0];
            return row => number(column.Values[row]);
        }
    }

    private static class ByRange
    {
        // Real numbers keep their order: a split by a date or a person's number is a cut through its range.
        public static SplitNumber Of(IDataView data, DataViewSchema.Column column)
        {
            var statistics = new Transforms.SlotStatistics(1);
            using var cursor = Batches.Open(data, column);
            while (cursor.MoveNext(Batches.MaxRows))
                for (int i = 0; i < cursor.Count; i++)
                    statistics.Add(0, cursor.Column(column.Index) is BatchColumn<float> singles
                        ? singles.Values[i]
                        : ((BatchColumn<double>)cursor.Column(column.Index)).Values[i]);
            double min = statistics.Min(0);
            double max = statistics.Max(0);
            double scale = min < max ? 1 / (max - min) : 0;
            return column.Type.Equals(NumberDataViewType.Single)
                ? new ByValue<float>(column.Index, v => (v - min) * scale)
                : new ByValue<double>(column.Index, v => (v - min) * scale);
        }
    }
}

/// <summary>The rows whose number lies in a range, or those whose number does not.</summary>
internal sealed class SplitFilter(SplitNumber number, double from, double to, bool inside) : RowFilter(number.Inputs)
{
    public override bool AnyOrder => number.AnyOrder;

    public override Predicate<int> Open(BatchColumn[] inputs)
    {
        var value = number.Open(inputs);
        return row => value(row) is var x && (x >= from && x < to) == inside;
    }
}
