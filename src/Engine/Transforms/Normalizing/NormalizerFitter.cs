using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Learns the normalizer of one column from its values.</summary>
internal abstract class NormalizerFitter
{
    /// <summary>Takes the rows of a batch of the column; label columns and the like were bound before.</summary>
    public abstract void Add(BatchColumn column, int rows);

    public abstract Normalizer Finish();
}

/// <inheritdoc/>
internal abstract class NormalizerFitter<T>(int slots, bool isVector) : NormalizerFitter
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected int Slots => slots;

    protected bool IsVector => isVector;

    protected long Rows { get; private set; }

    /// <summary>The row of the batch whose values come now.</summary>
    protected int RowInBatch { get; private set; }

    protected abstract void AddValue(int slot, T value);

    public override void Add(BatchColumn column, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            RowInBatch = row;
            if (column is BatchColumn<T> scalars)
                AddValue(0, scalars.Values[row]);
            else
                AddVector(in ((BatchColumn<VBuffer<T>>)column).Values[row]);
            Rows++;
        }
    }

    private void AddVector(in VBuffer<T> vector)
    {
        if (vector.Length != slots)
            throw new InvalidOperationException($"A vector has {vector.Length} items, the column's type says {slots}.");
        var values = vector.GetValues();
        var indices = vector.GetIndices();
        for (int i = 0; i < values.Length; i++)
            AddValue(indices.IsEmpty ? i : indices[i], values[i]);
    }
}

/// <summary>Learns from mean, spread and range alone.</summary>
internal sealed class StatisticsFitter<T>(int slots, bool isVector, StatisticsFitter<T>.Build build, bool useLog = false)
    : NormalizerFitter<T>(slots, isVector)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SlotStatistics _statistics = new(slots);

    /// <summary>Makes the normalizer of what was counted.</summary>
    public delegate Normalizer Build(SlotStatistics statistics, bool isVector);

    protected override void AddValue(int slot, T value)
    {
        double x = double.CreateTruncating(value);
        if (!useLog)
            _statistics.Add(slot, x);
        else if (x > 0 && double.IsFinite(x))
            _statistics.Add(slot, Math.Log(x));
    }

    public override Normalizer Finish()
    {
        if (!useLog)
            _statistics.Finish(Rows);
        return build(_statistics, IsVector);
    }
}
