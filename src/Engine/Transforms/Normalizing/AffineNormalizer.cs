using System.Collections.Immutable;
using System.Numerics;
using System.Numerics.Tensors;

namespace Microsoft.ML.Transforms;

/// <summary>(x - offset) * scale; without offsets, x * scale.</summary>
internal sealed class AffineNormalizer<T>(T[] scale, T[]? offset, bool isVector) : Normalizer<T>(scale.Length, isVector)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public const string Kind = "affine";

    public override NormalizingTransformer.NormalizerModelParametersBase Parameters => IsVector
        ? new NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<T>>([.. scale], [.. offset ?? []])
        : new NormalizingTransformer.AffineNormalizerModelParameters<T>(scale[0], offset is null ? T.Zero : offset[0]);

    protected override bool KeepsZeros => offset is null;

    public static AffineNormalizer<T> Load(BinaryReader reader, bool isVector)
    {
        var scale = reader.ReadArray<T>();
        return new(scale, reader.ReadBoolean() ? reader.ReadArray<T>() : null, isVector);
    }

    public override void Save(BinaryWriter writer)
    {
        writer.Write(Kind);
        writer.WriteArray(scale);
        writer.Write(offset is not null);
        if (offset is not null)
            writer.WriteArray(offset);
    }

    protected override void MapAll(ReadOnlySpan<T> source, Span<T> destination)
    {
        if (offset is null)
        {
            TensorPrimitives.Multiply(source, scale, destination);
            return;
        }
        TensorPrimitives.Subtract(source, offset, destination);
        TensorPrimitives.Multiply<T>(destination, scale, destination);
    }

    protected override T MapOne(T value, int slot) => offset is null ? value * scale[slot] : (value - offset[slot]) * scale[slot];
}
