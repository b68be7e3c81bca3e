using System.Data.Common;

namespace FeatureTransfer.Inputs.Sources;

/// <summary>The column of a query that holds images: encoded bytes, or paths.</summary>
internal sealed class ImageColumn
{
    private static readonly string[] _usual = ["path", "image", "file", "photo", "picture", "bytes", "content"];
    private readonly DbDataReader _reader;
    private readonly SqlQuery _query;
    private readonly int _column;

    /// <summary>Finds the column.</summary>
    /// <param name="reader">The rows.</param>
    /// <param name="query">What they are of.</param>
    /// <param name="name">The column's name; null for the only column, or the one of a usual name.</param>
    /// <exception cref="FeatureTransferException">There is no such column, or it holds neither bytes nor text.</exception>
    public ImageColumn(DbDataReader reader, SqlQuery query, string? name)
    {
        (_reader, _query) = (reader, query);
        var names = Names(reader);
        _column = name is null ? Usual(names) : Find(names, name, query);
        var type = reader.GetFieldType(_column);
        if (type.IsPrimitive || type == typeof(decimal) || type == typeof(DateTime))
            throw new FeatureTransferException($"{query.Origin}: the column \"{names[_column]}\" holds {type.Name} values. Expected images as bytes (BLOB, BYTEA), or their paths as text.");
    }

    /// <summary>The column's name.</summary>
    public string Name => _reader.GetName(_column);

    /// <summary>The image of the current row.</summary>
    /// <param name="row">The row's number, from 1.</param>
    /// <param name="name">What to call bytes by; null for the row's number.</param>
    public InputValue Read(long row, string? name)
    {
        var place = name ?? Place(_query.Origin, row);
        return _reader.GetValue(_column) switch
        {
            byte[] bytes => InputValue.FromBytes(bytes, place),
            Stream stream => InputValue.FromBytes(InputValue.FromStream(stream, place).Read(), place),
            string path => InputValue.FromFile(Path.Combine(_query.Folder ?? "", path)),
            DBNull => Unreadable(place, $"the column \"{Name}\" is NULL"),
            var other => Unreadable(place, $"the column \"{Name}\" is {other.GetType().Name}; expected bytes or a path"),
        };
    }

    /// <summary>What a row is called by.</summary>
    public static string Place(string origin, long row) => string.Create(CultureInfo.InvariantCulture, $"{origin}(row {row})");

    /// <summary>The names of a query's columns.</summary>
    public static string[] Names(DbDataReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];

    /// <summary>A column by its name, without regard to case as SQL has it.</summary>
    /// <exception cref="FeatureTransferException">There is none; the message names the nearest.</exception>
    public static int Find(string[] names, string name, SqlQuery query)
    {
        var column = Array.FindIndex(names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return column >= 0
            ? column
            : throw new FeatureTransferException($"{query.Origin}: there is no column \"{name}\".{NearestName.Hint(name, names)} The columns are {string.Join(", ", names)}.");
    }

    private int Usual(string[] names)
    {
        if (names.Length == 1)
            return 0;
        var found = _usual.Select(usual => Array.FindIndex(names, name => name.Equals(usual, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(column => column >= 0, -1);
        return found >= 0
            ? found
            : throw new FeatureTransferException($"{_query.Origin}: which column holds the images? The columns are {string.Join(", ", names)}; name one (--column), or select it alone.");
    }

    private static InputValue Unreadable(string place, string reason) => InputValue.FromReader(place, () => throw new BadInputException(place, reason));
}
