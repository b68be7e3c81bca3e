using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Data;

/// <summary>How the members of a row class become columns; can be changed before it is used.</summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition(Type userType)
    {
        UserType = userType;
    }

    internal Type UserType { get; }

    public Column this[string columnName]
    {
        get => Find(columnName) ?? throw new KeyNotFoundException($"There is no column '{columnName}' in the definition.");
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Check.Param(value.ColumnName == columnName, nameof(columnName), "The column must have the name under which it is set.");
            int at = FindIndex(c => c.ColumnName == columnName);
            if (at >= 0)
                this[at] = value;
            else
                Add(value);
        }
    }

    public static SchemaDefinition Create(
        [DynamicallyAccessedMembers(RowMember.Needed)] Type userType, Direction direction = Direction.Both)
    {
        ArgumentNullException.ThrowIfNull(userType);
        var definition = new SchemaDefinition(userType);
        foreach (var member in RowMember.Of(userType))
        {
            if (member.Attribute<NoColumnAttribute>() is not null || !Fits(member, direction))
                continue;
            string name = member.Attribute<ColumnNameAttribute>()?.Name ?? member.Name;
            if (definition.Find(name) is not null)
                throw new ArgumentOutOfRangeException(nameof(userType), $"Duplicate column name '{name}' detected, this is disallowed");
            definition.Add(new Column(member.Name, MemberTypes.ColumnType(member), name));
        }
        return definition;
    }

    private static bool Fits(RowMember member, Direction direction) =>
        (!direction.HasFlag(Direction.Write) || direction == Direction.Both || member.CanWrite) && member.CanRead;

    private Column? Find(string columnName) => Find(c => c.ColumnName == columnName);

    /// <summary>What the row class is for.</summary>
    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    /// <summary>One member as a column.</summary>
    public sealed class Column
    {
        private readonly DataViewSchema.Annotations.Builder _annotations = new();
        private string? _columnName;

        internal Column(string memberName, DataViewType columnType, string columnName)
        {
            MemberName = memberName;
            ColumnType = columnType;
            _columnName = columnName;
        }

        public string MemberName { get; }

        [AllowNull]
        public string ColumnName
        {
            get => _columnName ?? MemberName;
            set => _columnName = value;
        }

        public DataViewType ColumnType { get; set; }

        public DataViewSchema.Annotations Annotations => _annotations.ToAnnotations();

        internal void CopyAnnotations(DataViewSchema.Annotations source) => _annotations.Add(source, _ => true);

        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            ArgumentException.ThrowIfNullOrEmpty(kind);
            ArgumentNullException.ThrowIfNull(annotationType);
            _annotations.Add(kind, annotationType, (ref T destination) => ValueCopiers<T>.Copy(in value, ref destination));
        }
    }
}
