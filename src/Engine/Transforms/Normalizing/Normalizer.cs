using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>How one column is normalized: a function of each slot, fitted.</summary>
internal abstract class Normalizer
{
    public abstract NormalizingTransformer.NormalizerModelParametersBase Parameters { get; }

    public abstract MapStep Bind(DataViewSchema.Column input, string output);

    public abstract void Save(BinaryWriter writer);
}

/// <inheritdoc/>
internal abstract class Normalizer<T>(int slots, bool isVector) : Normalizer
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected int Slots => slots;

    protected bool IsVector => isVector;

    internal bool OfVector => isVector;

    /// <summary>Whether each slot maps 0 to 0, so that a sparse vector stays sparse.</summary>
    protected abstract bool KeepsZeros { get; }

    /// <summary>Maps all slots of a row.</summary>
    protected abstract void MapAll(ReadOnlySpan<T> source, Span<T> destination);

    /// <summary>Maps one value of one slot.</summary>
    protected abstract T MapOne(T value, int slot);

    public override MapStep Bind(DataViewSchema.Column input, string output)
    {
        if ((input.Type is VectorDataViewType) != isVector || input.Type is VectorDataViewType { IsKnownSize: false })
            throw Check.Mismatch("input", input.Name, isVector ? $"known-size vector of {typeof(T).Name}" : typeof(T).Name, input.Type.ToString()!);
        if (input.Type.ItemType().RawType != typeof(T))
            return new MistypedStep(input, output, FittedType);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind is AnnotationKinds.SlotNames or AnnotationKinds.CategoricalSlotRanges);
        annotations.AddNormalized();
        return isVector
            ? MapStep.Map<VBuffer<T>, VBuffer<T>>(input, output, input.Type, annotations.ToAnnotations(), MapVector)
            : MapStep.Map<T, T>(input, output, input.Type, annotations.ToAnnotations(), (in source, ref value) => value = MapOne(source, 0));
    }

    private DataViewType FittedType => typeof(T) == typeof(float) ? OfItems(NumberDataViewType.Single) : OfItems(NumberDataViewType.Double);

    private DataViewType OfItems(NumberDataViewType item) => isVector ? new VectorDataViewType(item, slots) : item;

    private void MapVector(in VBuffer<T> source, ref VBuffer<T> destination)
    {
        if (source.Length != slots)
            throw new InvalidOperationException($"A vector has {source.Length} items, the normalizer was fitted on {slots}.");
        if (source.IsDense)
        {
            var dense = VBufferEditor.Create(ref destination, slots);
            MapAll(source.GetValues(), dense.Values);
            destination = dense.Commit();
            return;
        }
        if (!KeepsZeros)
        {
            var dense = VBufferEditor.Create(ref destination, slots);
            source.CopyTo(dense.Values);
            MapAll(dense.Values, dense.Values);
            destination = dense.Commit();
            return;
        }
        var values = source.GetValues();
        var indices = source.GetIndices();
        var editor = VBufferEditor.Create(ref destination, slots, values.Length);
        for (int i = 0; i < values.Length; i++)
            editor.Values[i] = MapOne(values[i], indices[i]);
        indices.CopyTo(editor.Indices);
        destination = editor.Commit();
    }
}
