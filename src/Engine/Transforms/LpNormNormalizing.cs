using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Scales each row's vector to norm 1, after taking away its mean if that is wanted.</summary>
public abstract class LpNormNormalizingEstimatorBase : TrivialEstimator<LpNormNormalizingTransformer>
{
    private protected LpNormNormalizingEstimatorBase(LpNormNormalizingTransformer transformer)
        : base(transformer)
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.ColumnPairs.Select(p => Output(inputSchema.Find(p.Input), p.Output)));
    }

    private static SchemaShape.Column Output(SchemaShape.Column input, string name)
    {
        if (input.Kind != SchemaShape.Column.VectorKind.Vector || input.ItemType != NumberDataViewType.Single)
            throw Check.Mismatch("input", input.Name, "known-size vector of Single", input.TypeText());
        var annotations = input.Annotations.Only(AnnotationKinds.SlotNames).Plus(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance);
        return input.As(name, annotations);
    }

    /// <summary>The norms to choose from.</summary>
    public enum NormFunction : byte
    {
        L2 = 0,
        StandardDeviation = 1,
        L1 = 2,
        Infinity = 3,
    }
}

/// <inheritdoc/>
public sealed class LpNormNormalizingEstimator : LpNormNormalizingEstimatorBase
{
    internal LpNormNormalizingEstimator((string Output, string Input)[] columns, NormFunction norm, bool ensureZeroMean)
        : base(new LpNormNormalizingTransformer(columns, norm, ensureZeroMean, 1))
    {
    }
}

/// <inheritdoc/>
public sealed class GlobalContrastNormalizingEstimator : LpNormNormalizingEstimatorBase
{
    internal GlobalContrastNormalizingEstimator((string Output, string Input)[] columns, bool ensureZeroMean, bool ensureUnitStandardDeviation, float scale)
        : base(new LpNormNormalizingTransformer(
            columns, ensureUnitStandardDeviation ? NormFunction.StandardDeviation : NormFunction.L2, ensureZeroMean, scale))
    {
    }
}

/// <inheritdoc cref="LpNormNormalizingEstimatorBase"/>
public sealed class LpNormNormalizingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "lp-norm";

    // A factor below this would turn all values into zeros: such a vector stays as it is.
    internal const float SmallestFactor = 1e-8f;

    private readonly LpNormNormalizingEstimatorBase.NormFunction _norm;
    private readonly bool _ensureZeroMean;
    private readonly float _scale;

    internal LpNormNormalizingTransformer(
        (string Output, string Input)[] columns, LpNormNormalizingEstimatorBase.NormFunction norm, bool ensureZeroMean, float scale)
        : base(columns)
    {
        Check.Param(scale > 0, nameof(scale), "Must be positive");
        _norm = norm;
        _ensureZeroMean = ensureZeroMean;
        _scale = scale;
    }

    internal LpNormNormalizingEstimatorBase.NormFunction Norm => _norm;

    internal bool EnsureZeroMean => _ensureZeroMean;

    internal float Scale => _scale;

    internal static LpNormNormalizingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(
            ctx.Reader.ReadPairs(), (LpNormNormalizingEstimatorBase.NormFunction)ctx.Reader.ReadByte(), ctx.Reader.ReadBoolean(), ctx.Reader.ReadSingle());
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        if (input.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
            throw Check.Mismatch("input", input.Name, "known-size vector of Single", input.Type.ToString()!);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        annotations.AddNormalized();
        return MapStep.Map<VBuffer<float>, VBuffer<float>>(input, output, input.Type, annotations.ToAnnotations(), Normalize);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        ctx.Writer.Write((byte)_norm);
        ctx.Writer.Write(_ensureZeroMean);
        ctx.Writer.Write(_scale);
    }

    private void Normalize(in VBuffer<float> source, ref VBuffer<float> destination)
    {
        if (_ensureZeroMean)
            source.CopyToDense(ref destination);
        else
            source.CopyTo(ref destination);
        var values = VBufferEditor.CreateFromBuffer(ref destination).Values;
        if (_ensureZeroMean)
            TensorPrimitives.Subtract(values, TensorPrimitives.Sum<float>(values) / source.Length, values);
        float factor = Factor(values, source.Length) * _scale;
        if (factor != 1)
            TensorPrimitives.Multiply(values, factor, values);
    }

    private float Factor(ReadOnlySpan<float> values, int length)
    {
        float norm = _norm switch
        {
            LpNormNormalizingEstimatorBase.NormFunction.L2 => TensorPrimitives.Norm(values),
            LpNormNormalizingEstimatorBase.NormFunction.L1 => TensorPrimitives.SumOfMagnitudes(values),
            LpNormNormalizingEstimatorBase.NormFunction.Infinity => Largest(values),
            _ => Deviation(values, length),
        };
        float factor = 1 / norm;
        return norm > 0 && factor >= SmallestFactor ? factor : 1;
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = 0;
        foreach (float value in values)
            if (Math.Abs(value) > largest)
                largest = Math.Abs(value);
        return largest;
    }

    // Values that are not stored are zeros and count too.
    private float Deviation(ReadOnlySpan<float> values, int length)
    {
        float mean = _ensureZeroMean ? 0 : TensorPrimitives.Sum(values) / length;
        float sum = (length - values.Length) * mean * mean;
        foreach (float value in values)
            sum += (value - mean) * (value - mean);
        return MathF.Sqrt(sum / length);
    }
}
