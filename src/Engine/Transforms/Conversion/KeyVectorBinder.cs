using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Makes the step from keys to vectors: one place a key value, or counts of the keys.</summary>
internal sealed class KeyVectorBinder(DataViewSchema.Column input, string output, int keyCount, bool counts) : IItemVisitor<MapStep>
{
    public MapStep Visit<T>()
    {
        var type = KeySlots.OutputType(input.Type, keyCount, sums: counts);
        var annotations = Annotations();
        if (input.Type is not VectorDataViewType)
            return MapStep.Map(input, output, type, annotations, (in T key, ref VBuffer<float> value) => One(key, ref value));
        if (!counts)
            return MapStep.Map(input, output, type, annotations, (in VBuffer<T> keys, ref VBuffer<float> value) => Side(in keys, ref value));
        return MapStep.Map<VBuffer<T>, VBuffer<float>>(input, output, type, annotations, () =>
        {
            var sums = new SortedDictionary<int, float>();
            return (in keys, ref value) => Sum(in keys, ref value, sums);
        });
    }

    private DataViewSchema.Annotations Annotations()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (KeySlots.KeyNames(input) is { } names)
            KeySlots.AddSlotNames(annotations, input, names, sums: counts);
        if (!counts && KeySlots.Vectors(input.Type) is > 0 and var vectors)
            annotations.AddCategoricalRanges([.. Enumerable.Range(0, vectors).SelectMany(i => new[] { i * keyCount, ((i + 1) * keyCount) - 1 })]);
        if (!counts || input.Type is not VectorDataViewType)
            annotations.AddNormalized();
        return annotations.ToAnnotations();
    }

    private bool IsIn<T>(T key, out int place)
    {
        ulong number = KeyNumber.Get(key);
        place = (int)number - 1;
        return number > 0 && number <= (ulong)keyCount;
    }

    private void One<T>(T key, ref VBuffer<float> value)
    {
        bool isIn = IsIn(key, out int place);
        var editor = VBufferEditor.Create(ref value, keyCount, isIn ? 1 : 0);
        if (isIn)
        {
            editor.Values[0] = 1;
            if (keyCount > 1)
                editor.Indices[0] = place;
        }
        value = editor.Commit();
    }

    private void Side<T>(in VBuffer<T> keys, ref VBuffer<float> value)
    {
        var stored = keys.GetValues();
        var indices = keys.GetIndices();
        var editor = VBufferEditor.Create(ref value, keys.Length * keyCount, stored.Length, requireIndicesOnDense: true);
        int count = 0;
        for (int i = 0; i < stored.Length; i++)
        {
            if (!IsIn(stored[i], out int place))
                continue;
            editor.Values[count] = 1;
            editor.Indices[count++] = ((indices.IsEmpty ? i : indices[i]) * keyCount) + place;
        }
        value = editor.CommitTruncated(count);
    }

    private void Sum<T>(in VBuffer<T> keys, ref VBuffer<float> value, SortedDictionary<int, float> sums)
    {
        sums.Clear();
        foreach (var key in keys.GetValues())
            if (IsIn(key, out int place))
                sums[place] = sums.GetValueOrDefault(place) + 1;
        var editor = VBufferEditor.Create(ref value, keyCount, sums.Count, requireIndicesOnDense: true);
        int count = 0;
        foreach (var (place, sum) in sums)
        {
            editor.Values[count] = sum;
            editor.Indices[count++] = place;
        }
        value = editor.Commit();
    }
}

/// <summary>Slots that stand for key values.</summary>
internal static class KeySlots
{
    /// <summary>How many vectors lie side by side; 0 where that differs from row to row.</summary>
    public static int Vectors(DataViewType input) => input is VectorDataViewType vector ? vector.Size : 1;

    public static VectorDataViewType OutputType(DataViewType input, int width, bool sums) => input is VectorDataViewType vector && !sums
        ? new VectorDataViewType(NumberDataViewType.Single, vector.Size, width)
        : new VectorDataViewType(NumberDataViewType.Single, width);

    /// <summary>The key values as text; null where there are none.</summary>
    public static string[]? KeyNames(DataViewSchema.Column input)
    {
        if (!input.HasKeyValues(TextDataViewType.Instance))
            return null;
        VBuffer<ReadOnlyMemory<char>> values = default;
        input.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(v => v.ToString())];
    }

    public static void AddSlotNames(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column input, string[] names, bool sums)
    {
        if (sums || input.Type is not VectorDataViewType vector)
        {
            annotations.AddSlotNames(names);
            return;
        }
        if (!vector.IsKnownSize)
            return;
        var slots = input.SlotNamesOrNull();
        var all = Enumerable.Range(0, vector.Size)
            .SelectMany(i => names.Select(n => $"{(slots is { } s && s[i].Length > 0 ? s[i] : $"[{i}]")}.{n}".AsMemory())).ToArray();
        annotations.Add(
            AnnotationKinds.SlotNames,
            new VectorDataViewType(TextDataViewType.Instance, vector.Size, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => VBuffer<ReadOnlyMemory<char>>.Copy(all, 0, ref value, all.Length));
    }
}
