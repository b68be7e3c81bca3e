using FeatureTransfer.Devices;
using FeatureTransfer.Extraction.Flow;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Extraction;

/// <summary>Turns inputs into features, many in a flow or one at a time. Safe to use from several threads.</summary>
internal abstract class FeatureEngine : IDisposable
{
    /// <summary>How inputs become tensors.</summary>
    public abstract Preparation Preparation { get; }

    /// <summary>The shape of a row's features.</summary>
    public abstract int[] Shape { get; }

    /// <summary>How many features a row has.</summary>
    public int Length => Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>How many rows ONNX Runtime computed; the others came from the cache.</summary>
    public abstract long RowsComputed { get; }

    /// <summary>One input.</summary>
    public abstract FeatureOne One { get; }

    /// <summary>Whether rows run one by one, so that nothing is gained by several at once.</summary>
    public abstract bool RunsRowsAlone { get; }

    /// <summary>Whether it was freed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Many inputs, in their order. A consumer that stops early stops the work.</summary>
    /// <param name="inputs">The inputs, each with what belongs to it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="total">How many there are; null asks the source, where that costs nothing.</param>
    public abstract IEnumerable<FlowRow<T>> Run<T>(IEnumerable<FlowInput<T>> inputs, CancellationToken cancellationToken, long? total = null);

    /// <summary>Says in the cache what its features are of.</summary>
    public abstract void Describe(FeatureScope description);

    public void Dispose()
    {
        IsDisposed = true;
        One.Dispose();
        Free();
    }

    /// <summary>Frees sessions and the cache.</summary>
    protected abstract void Free();

    /// <summary>Makes the engine that the preparation needs.</summary>
    public static FeatureEngine Create(ExtractFeaturesOptions options, ModelContent model, string name, Preparation preparation, FeatureTransferServices services) => preparation switch
    {
        FixedPreparation rows => new FixedEngine(options, model, name, rows, services),
        var windows => new WindowEngine(options, model, name, (WindowPreparation)windows, services),
    };
}
