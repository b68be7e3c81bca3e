namespace Microsoft.ML.Data;

/// <summary>Which column type belongs to a .NET type, with or without an attribute, beyond those that are built in.</summary>
public static class DataViewTypeManager
{
    private static readonly Lock _lock = new();
    private static readonly List<(Type Type, DataViewTypeAttribute? Attribute, DataViewType ViewType)> _known = [];

    public static void Register(DataViewType dataViewType, Type type, DataViewTypeAttribute? typeAttribute = null)
    {
        ArgumentNullException.ThrowIfNull(dataViewType);
        ArgumentNullException.ThrowIfNull(type);
        Check.Param(type == dataViewType.RawType || typeAttribute is not null, nameof(type), $"A {dataViewType} holds {dataViewType.RawType}.");
        lock (_lock)
        {
            int at = _known.FindIndex(k => k.Type == type && Equal(k.Attribute, typeAttribute));
            if (at < 0)
                _known.Add((type, typeAttribute, dataViewType));
            else if (!_known[at].ViewType.Equals(dataViewType))
                throw new ArgumentOutOfRangeException(nameof(type), $"{type} is already registered as {_known[at].ViewType}.");
        }
    }

    public static void Register(DataViewType dataViewType, Type type, IEnumerable<Attribute> typeAttributes) =>
        Register(dataViewType, type, typeAttributes?.OfType<DataViewTypeAttribute>().SingleOrDefault());

    internal static DataViewType? Find(Type type, DataViewTypeAttribute? attribute)
    {
        lock (_lock)
            return _known.Find(k => k.Type == type && Equal(k.Attribute, attribute)).ViewType;
    }

    private static bool Equal(DataViewTypeAttribute? a, DataViewTypeAttribute? b) => a is null ? b is null : b is not null && a.Equals(b);
}
