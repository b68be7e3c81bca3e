using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Maps values to keys by a hash, so that nothing needs to be learned.</summary>
public sealed class HashingEstimator : IEstimator<HashingTransformer>
{
    private readonly ColumnOptions[] _columns;

    internal HashingEstimator(params ColumnOptions[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Check.Param(columns.Length > 0, nameof(columns), "At least one column is needed.");
        _columns = columns;
    }

    public HashingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        foreach (var options in _columns)
            CheckBits(options);
        return new(_columns, [.. _columns.Select(c => Inverts(input, c))]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(_columns.Select(c => Output(inputSchema.Find(c.InputColumnName), c)));
    }

    private static SchemaShape.Column Output(SchemaShape.Column input, ColumnOptions options)
    {
        if (!ItemHash.Knows(input.ItemType))
            throw new ArgumentOutOfRangeException("inputSchema",
                $"Column '{input.Name}' is of type {input.TypeText()}. Expected Text, Key, numeric, Boolean or DataViewRowId item type");
        var annotations = options.Combine ? SchemaShape.Empty : input.Annotations.Only(AnnotationKinds.SlotNames);
        if (options.MaximumNumberOfInverts != 0)
            annotations = annotations.Plus(AnnotationKinds.KeyValues, AnnotationKinds.TextVector);
        var kind = options.Combine ? SchemaShape.Column.VectorKind.Scalar : input.Kind;
        return new(options.Name, kind, NumberDataViewType.UInt32, true, annotations);
    }

    private static void CheckBits(ColumnOptions options) => Check.Param(
        options.NumberOfBits is >= 0 and <= 31, "numberOfBits", $"The number of bits must be from 0 to 31, not {options.NumberOfBits}.");

    private static string[]? Inverts(IDataView input, ColumnOptions options)
    {
        if (options.MaximumNumberOfInverts == 0)
            return null;
        var column = Check.Column(input.Schema, options.InputColumnName);
        return TypeDispatch.Call(column.Type.ItemType().RawType, new InvertVisitor(input, column, options));
    }

    /// <summary>How one column is hashed.</summary>
    public sealed class ColumnOptions
    {
        public ColumnOptions(
            string name,
            string? inputColumnName = null,
            int numberOfBits = 31,
            uint seed = 314489979,
            bool useOrderedHashing = true,
            int maximumNumberOfInverts = 0,
            bool combine = false)
        {
            Check.Name(name);
            Check.Param(maximumNumberOfInverts >= -1, nameof(maximumNumberOfInverts), "Must be -1 for all, or the number of values to keep.");
            Name = name;
            InputColumnName = inputColumnName ?? name;
            NumberOfBits = numberOfBits;
            Seed = seed;
            UseOrderedHashing = useOrderedHashing;
            MaximumNumberOfInverts = maximumNumberOfInverts;
            Combine = combine;
        }

        public string Name { get; set; }

        public string InputColumnName { get; set; }

        public int NumberOfBits { get; set; }

        public uint Seed { get; set; }

        /// <summary>Whether the place in the vector is part of the hash.</summary>
        public bool UseOrderedHashing { get; set; }

        /// <summary>How many values to remember for each hash; -1 for all.</summary>
        public int MaximumNumberOfInverts { get; set; }

        /// <summary>Whether all values of a vector make one hash.</summary>
        public bool Combine { get; set; }
    }

    private sealed class InvertVisitor(IDataView view, DataViewSchema.Column column, ColumnOptions options) : IItemVisitor<string[]>
    {
        public string[] Visit<T>()
        {
            var hash = new ColumnHash<T>(column, options);
            var seen = new List<string>[1 << options.NumberOfBits];
            using var cursor = Batches.Open(view, column);
            while (cursor.MoveNext(Batches.MaxRows))
            {
                for (int row = 0; row < cursor.Count; row++)
                {
                    if (cursor.Column(column.Index) is BatchColumn<T> scalars)
                        Add(seen, hash.Scalar(scalars.Values[row]), scalars.Values[row]);
                    else
                        foreach (var item in ((BatchColumn<VBuffer<T>>)cursor.Column(column.Index)).Values[row].Items(all: true))
                            Add(seen, hash.Slot(item.Value, item.Key), item.Value);
                }
            }
            return [.. seen.Select(values => values switch { null => "", [var one] => one, _ => $"{{{string.Join(",", values)}}}" })];
        }

        private void Add<T>(List<string>[] seen, uint key, T value)
        {
            if (key == 0)
                return;
            var values = seen[key - 1] ??= [];
            string text = value is ReadOnlyMemory<char> memory
                ? memory.ToString()
                : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
            if ((options.MaximumNumberOfInverts < 0 || values.Count < options.MaximumNumberOfInverts) && !values.Contains(text))
                values.Add(text);
        }
    }
}
