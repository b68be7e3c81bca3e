using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Loading text files.</summary>
public static class TextLoaderSaverCatalog
{
    public static TextLoader CreateTextLoader(
        this DataOperationsCatalog catalog,
        TextLoader.Column[] columns,
        char separatorChar = '\t',
        bool hasHeader = false,
        IMultiStreamSource? dataSample = null,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false) =>
        new(Options(columns, separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), dataSample);

    public static TextLoader CreateTextLoader(this DataOperationsCatalog catalog, TextLoader.Options options, IMultiStreamSource? dataSample = null) =>
        new(options, dataSample);

    public static TextLoader CreateTextLoader<[DynamicallyAccessedMembers(RowMember.Needed)] TInput>(
        this DataOperationsCatalog catalog,
        char separatorChar = '\t',
        bool hasHeader = false,
        IMultiStreamSource? dataSample = null,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false) =>
        new(Options(ColumnsOf(typeof(TInput)), separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), dataSample);

    public static TextLoader CreateTextLoader<[DynamicallyAccessedMembers(RowMember.Needed)] TInput>(
        this DataOperationsCatalog catalog, TextLoader.Options options, IMultiStreamSource? dataSample = null) =>
        new(WithColumns(options, typeof(TInput)), dataSample);

    public static IDataView LoadFromTextFile(
        this DataOperationsCatalog catalog,
        string path,
        TextLoader.Column[] columns,
        char separatorChar = '\t',
        bool hasHeader = false,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false) =>
        Load(path, Options(columns, separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse));

    public static IDataView LoadFromTextFile<[DynamicallyAccessedMembers(RowMember.Needed)] TInput>(
        this DataOperationsCatalog catalog,
        string path,
        char separatorChar = '\t',
        bool hasHeader = false,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false) =>
        Load(path, Options(ColumnsOf(typeof(TInput)), separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), hasSample: false);

    public static IDataView LoadFromTextFile<[DynamicallyAccessedMembers(RowMember.Needed)] TInput>(
        this DataOperationsCatalog catalog, string path, TextLoader.Options options) =>
        Load(path, WithColumns(options, typeof(TInput)));

    public static IDataView LoadFromTextFile(this DataOperationsCatalog catalog, string path, TextLoader.Options? options = null) =>
        Load(path, options ?? new TextLoader.Options());

    // With the file at hand for a sample the loader takes slot names from its header; classes name their columns themselves.
    private static IDataView Load(string path, TextLoader.Options options, bool hasSample = true)
    {
        Check.Name(path);
        var source = new MultiFileSource(path);
        Check.Param(source.Count > 0 && File.Exists(source.GetPathOrNull(0)), nameof(path), $"File or directory does not exist at path: {path}");
        return new TextLoader(options, hasSample ? source : null).Load(source);
    }

    private static TextLoader.Options Options(
        TextLoader.Column[] columns, char separator, bool hasHeader, bool allowQuoting, bool trimWhitespace, bool allowSparse) => new()
        {
            Columns = columns,
            Separators = [separator],
            HasHeader = hasHeader,
            AllowQuoting = allowQuoting,
            TrimWhitespace = trimWhitespace,
            AllowSparse = allowSparse,
        };

    private static TextLoader.Options WithColumns(TextLoader.Options options, [DynamicallyAccessedMembers(RowMember.Needed)] Type rowType)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Columns = ColumnsOf(rowType);
        return options;
    }

    private static TextLoader.Column[] ColumnsOf([DynamicallyAccessedMembers(RowMember.Needed)] Type rowType)
    {
        var columns = RowMember.Of(rowType).Where(m => m.Attribute<LoadColumnAttribute>() is not null).Select(ColumnOf).ToArray();
        Check.Param(columns.Length > 0, "TInput", $"No member of {rowType} has the attribute LoadColumn.");
        return columns;
    }

    private static TextLoader.Column ColumnOf(RowMember member)
    {
        var item = MemberTypes.ItemType(member.Type, out bool isVector);
        var kind = (MemberTypes.Primitive(item) is { } type ? DataKinds.Of(type) : null)
            ?? throw new ArgumentOutOfRangeException("TInput", $"Member {member.Name} of type {member.Type} cannot be read from text.");
        var sources = member.Attribute<LoadColumnAttribute>()!.Sources;
        if (isVector && sources is [{ } only] && only.Min == only.Max)
            sources = [new TextLoader.Range(only.Min) { ForceVector = true }];
        string name = member.Attribute<ColumnNameAttribute>()?.Name ?? member.Name;
        var count = member.Attribute<KeyTypeAttribute>() is { } key ? new KeyCount(key.Count) : null;
        return new(name, kind, sources, count);
    }
}
