using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Puts a value in the place of missing ones: zero, the mean, the least, the greatest or the commonest.</summary>
public sealed class MissingValueReplacingEstimator : IEstimator<MissingValueReplacingTransformer>
{
    private readonly (string Output, string Input)[] _columns;
    private readonly ReplacementMode _mode;
    private readonly bool _imputeBySlot;

    internal MissingValueReplacingEstimator((string Output, string Input)[] columns, ReplacementMode mode, bool imputeBySlot)
    {
        Check.Param(Enum.IsDefined(mode), "replacementMode", $"There is no replacement mode {mode}.");
        _columns = columns;
        _mode = mode;
        _imputeBySlot = imputeBySlot;
    }

    public MissingValueReplacingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var columns = _columns.Select(c => Check.Column(input.Schema, c.Input)).ToArray();
        foreach (var column in columns)
            MissingValueReplacingTransformer.CheckType(column);
        var learners = columns.Select(c => new ReplacementLearner(_mode, _imputeBySlot ? (c.Type as VectorDataViewType)?.Size ?? 1 : 1)).ToArray();
        if (_mode != ReplacementMode.DefaultValue)
        {
            using var cursor = Batches.Open(input, columns);
            while (cursor.MoveNext(Batches.MaxRows))
                for (int i = 0; i < columns.Length; i++)
                    learners[i].Add(cursor.Column(columns[i].Index), cursor.Count);
        }
        return new(_columns, [.. learners.Select(l => l.Finish())]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(_columns.Select(c => Output(inputSchema.Find(c.Input), c.Output)));
    }

    private static SchemaShape.Column Output(SchemaShape.Column input, string name)
    {
        bool isFloat = input.ItemType.RawType == typeof(float) || input.ItemType.RawType == typeof(double);
        if (!isFloat || input.IsKey)
            throw Check.Mismatch("input", input.Name, "Single or Double, which have a missing value", input.TypeText());
        return input.As(name, input.Annotations.Only(AnnotationKinds.SlotNames, AnnotationKinds.IsNormalized));
    }

    /// <summary>What takes the place of a missing value.</summary>
    public enum ReplacementMode : byte
    {
        DefaultValue = 0,
        Mean = 1,
        Minimum = 2,
        Maximum = 3,
        Mode = 5,
    }
}

/// <summary>Learns the replacement of each slot, or one for all.</summary>
internal sealed class ReplacementLearner(MissingValueReplacingEstimator.ReplacementMode mode, int slots)
{
    private readonly SlotStatistics _statistics = new(slots);
    private readonly Dictionary<double, int>[] _counts = [.. Enumerable.Range(0, slots).Select(_ => new Dictionary<double, int>())];

    public void Add(BatchColumn column, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            switch (column)
            {
                case BatchColumn<float> singles:
                    Add(0, singles.Values[row]);
                    break;
                case BatchColumn<double> numbers:
                    Add(0, numbers.Values[row]);
                    break;
                case BatchColumn<VBuffer<float>> singles:
                    foreach (var item in singles.Values[row].Items(all: true))
                        Add(item.Key, item.Value);
                    break;
                default:
                    foreach (var item in ((BatchColumn<VBuffer<double>>)column).Values[row].Items(all: true))
                        Add(item.Key, item.Value);
                    break;
            }
        }
    }

    public double[] Finish() => [.. Enumerable.Range(0, slots).Select(Replacement)];

    private double Replacement(int slot) => mode switch
    {
        MissingValueReplacingEstimator.ReplacementMode.Mean => _statistics.Mean(slot),
        MissingValueReplacingEstimator.ReplacementMode.Minimum => _statistics.Min(slot),
        MissingValueReplacingEstimator.ReplacementMode.Maximum => _statistics.Max(slot),
        MissingValueReplacingEstimator.ReplacementMode.Mode => Commonest(_counts[slot]),
        _ => 0,
    };

    private void Add(int slot, double value)
    {
        slot = slots == 1 ? 0 : slot;
        if (double.IsNaN(value))
            return;
        _statistics.Add(slot, value);
        if (mode == MissingValueReplacingEstimator.ReplacementMode.Mode)
            _counts[slot][value] = _counts[slot].GetValueOrDefault(value) + 1;
    }

    // Of several the one that was seen first: the dictionary keeps the order in which its keys came, as none is removed.
    private static double Commonest(Dictionary<double, int> counts) => counts.Count == 0 ? 0 : counts.MaxBy(c => c.Value).Key;
}
