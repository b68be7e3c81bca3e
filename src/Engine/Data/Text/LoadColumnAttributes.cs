namespace Microsoft.ML.Data;

/// <summary>The places in a line from which a member takes its values.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class LoadColumnAttribute : Attribute
{
    public LoadColumnAttribute(int fieldIndex)
    {
        Sources = [new TextLoader.Range(fieldIndex)];
    }

    public LoadColumnAttribute(int start, int end)
    {
        Sources = [new TextLoader.Range(start, end)];
    }

    public LoadColumnAttribute(int[] columnIndexes)
    {
        ArgumentNullException.ThrowIfNull(columnIndexes);
        Sources = [.. columnIndexes.Select(i => new TextLoader.Range(i))];
    }

    internal TextLoader.Range[] Sources { get; }
}

/// <summary>The names in the header whose places a member takes its values from.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class LoadColumnNameAttribute : Attribute
{
    public LoadColumnNameAttribute(string fieldName)
    {
        Names = [fieldName];
    }

    public LoadColumnNameAttribute(params string[] columnNames)
    {
        Names = columnNames;
    }

    internal string[] Names { get; }
}
