using System.Collections.Immutable;
using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>The share of a normal distribution (of the values or of their logarithms) that lies below the value.</summary>
internal sealed class CdfNormalizer<T>(T[] mean, T[] deviation, bool useLog, bool isVector) : Normalizer<T>(mean.Length, isVector)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public const string Kind = "cdf";

    public override NormalizingTransformer.NormalizerModelParametersBase Parameters => IsVector
        ? new NormalizingTransformer.CdfNormalizerModelParameters<ImmutableArray<T>>([.. mean], [.. deviation], useLog)
        : new NormalizingTransformer.CdfNormalizerModelParameters<T>(mean[0], deviation[0], useLog);

    // The logarithm of 0 lies below everything: its share is 0.
    protected override bool KeepsZeros => useLog;

    public static CdfNormalizer<T> Load(BinaryReader reader, bool isVector) =>
        new(reader.ReadArray<T>(), reader.ReadArray<T>(), reader.ReadBoolean(), isVector);

    public override void Save(BinaryWriter writer)
    {
        writer.Write(Kind);
        writer.WriteArray(mean);
        writer.WriteArray(deviation);
        writer.Write(useLog);
    }

    protected override void MapAll(ReadOnlySpan<T> source, Span<T> destination)
    {
        for (int i = 0; i < source.Length; i++)
            destination[i] = MapOne(source[i], i);
    }

    protected override T MapOne(T value, int slot)
    {
        double x = double.CreateTruncating(value);
        double sigma = double.CreateTruncating(deviation[slot]);
        if (!double.IsFinite(x) || sigma == 0 || (useLog && x <= 0))
            return T.Zero;
        double z = ((useLog ? Math.Log(x) : x) - double.CreateTruncating(mean[slot])) / (sigma * Math.Sqrt(2));
        return T.CreateTruncating(0.5 * (1 + ErrorFunction.Erf(z)));
    }
}
