namespace Microsoft.ML.Data;

/// <summary>A column of a text file, resolved: its type and the places of its values.</summary>
internal sealed class TextColumn(string name, DataViewType type, int[] places, int variableFrom)
{
    public string Name => name;

    public DataViewType Type => type;

    /// <summary>The places of the values in a line; of a variable vector the first ones.</summary>
    public int[] Places => places;

    /// <summary>From which place on everything belongs to the column; negative where its places are fixed.</summary>
    public int VariableFrom => variableFrom;

    public TextCells Open(TextLoader.Options options) => TypeDispatch.Call(type.ItemType().RawType, new Opener(this, options));

    private sealed class Opener(TextColumn column, TextLoader.Options options) : IItemVisitor<TextCells>
    {
        public TextCells Visit<T>() => new TextCells<T>(column, options);
    }
}

/// <summary>Reads the values of one column out of split lines.</summary>
internal abstract class TextCells
{
    public abstract BatchColumn Column { get; }

    /// <summary>Reads a row; false with the place where a value cannot be read.</summary>
    public abstract bool Read(List<ReadOnlyMemory<char>> values, int row, out int badPlace);
}

/// <inheritdoc/>
internal sealed class TextCells<T> : TextCells
{
    private readonly BatchColumn<T> _scalars = new();
    private readonly BatchColumn<VBuffer<T>> _vectors = new();
    private readonly TextColumn _column;
    private readonly Func<ReadOnlyMemory<char>, (bool Ok, T Value)> _parse;
    private readonly T _missing;

    public TextCells(TextColumn column, TextLoader.Options options)
    {
        _column = column;
        _missing = options.MissingRealsAsNaNs ? NaNOrDefault() : default!;
        _parse = Parser(column.Type.ItemType(), options, _missing);
    }

    public override BatchColumn Column => _column.Type is VectorDataViewType ? _vectors : _scalars;

    public override bool Read(List<ReadOnlyMemory<char>> values, int row, out int badPlace)
    {
        badPlace = -1;
        if (_column.Type is VectorDataViewType)
            return ReadVector(values, row, out badPlace);
        _scalars.Resize(row + 1);
        return ReadOne(values, _column.Places[0], ref _scalars.Values[row], ref badPlace);
    }

    private bool ReadVector(List<ReadOnlyMemory<char>> values, int row, out int badPlace)
    {
        badPlace = -1;
        _vectors.Resize(row + 1);
        int extra = _column.VariableFrom < 0 ? 0 : Math.Max(0, values.Count - _column.VariableFrom);
        var editor = VBufferEditor.Create(ref _vectors.Values[row], _column.Places.Length + extra);
        for (int i = 0; i < editor.Values.Length; i++)
        {
            int place = i < _column.Places.Length ? _column.Places[i] : _column.VariableFrom + i - _column.Places.Length;
            if (!ReadOne(values, place, ref editor.Values[i], ref badPlace))
                return false;
        }
        _vectors.Values[row] = editor.Commit();
        return true;
    }

    private bool ReadOne(List<ReadOnlyMemory<char>> values, int place, ref T value, ref int badPlace)
    {
        if (place >= values.Count || values[place].IsEmpty)
        {
            value = _missing;
            return true;
        }
        (bool ok, value) = _parse(values[place]);
        if (!ok)
            badPlace = place;
        return ok;
    }

    private static Func<ReadOnlyMemory<char>, (bool, T)> Parser(DataViewType item, TextLoader.Options options, T missing)
    {
        if (item is TextDataViewType)
            return text => (true, (T)(object)text);
        if (item is KeyDataViewType { Count: var count })
            return text => (true, ulong.TryParse(text.Span, out ulong n) && n < count ? KeyNumber.Of<T>(n + 1) : default!);
        var parse = TextValues.Find<T>()!;
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            return text => (parse(text.Span, out var value), value);
        char marker = options.DecimalMarker;
        return text =>
        {
            if (text.Span.IsWhiteSpace())
                return (true, missing);
            if (marker != '.')
                text = text.ToString().Replace(marker, '.').AsMemory();
            // A real number that cannot be read is missing; other types have no value to say so and are errors.
            return (true, parse(text.Span, out var value) ? value : (T)(object)NaN());
        };
    }

    private static object NaN() => typeof(T) == typeof(float) ? (object)float.NaN : double.NaN;

    private static T NaNOrDefault() => typeof(T) == typeof(float) || typeof(T) == typeof(double) ? (T)NaN() : default!;
}
