namespace Microsoft.ML.Data;

/// <summary>The column type of a member, by its .NET type and its attributes.</summary>
internal static class MemberTypes
{
    public static DataViewType ColumnType(RowMember member)
    {
        var item = ItemType(member.Type, out bool isVector);
        if (member.Attribute<DataViewTypeAttribute>() is { } custom)
        {
            custom.Register();
            return DataViewTypeManager.Find(member.Type, custom) ?? throw Unknown(member);
        }
        if (DataViewTypeManager.Find(member.Type, null) is { } registered)
            return registered;
        var vectorType = member.Attribute<VectorTypeAttribute>();
        Check.Param(vectorType is null || isVector, "userType",
            $"Member {member.Name} marked with VectorTypeAttribute, but does not appear to be a vector type");
        var primitive = Primitive(item) ?? throw Unknown(member);
        if (member.Attribute<KeyTypeAttribute>() is { } key)
        {
            Check.Param(KeyDataViewType.IsValidDataType(item), "userType",
                $"Member {member.Name} marked with KeyType attribute, but does not appear to be a valid kind of data for a key type");
            primitive = new KeyDataViewType(item, key.Count);
        }
        return isVector ? new VectorDataViewType(primitive, vectorType?.Dimensions ?? [0]) : primitive;
    }

    /// <summary>The type of one item of an array or <see cref="VBuffer{T}"/>, or the type itself.</summary>
    public static Type ItemType(Type type, out bool isVector)
    {
        isVector = true;
        if (type.IsArray)
            return type.GetElementType()!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>))
            return type.GetGenericArguments()[0];
        isVector = false;
        return type;
    }

    public static PrimitiveDataViewType? Primitive(Type type)
    {
        if (type.IsEnum)
            return null;
        if (NumberDataViewType.FromType(type) is { } number)
            return number;
        if (type == typeof(string) || type == typeof(ReadOnlyMemory<char>))
            return TextDataViewType.Instance;
        if (type == typeof(bool))
            return BooleanDataViewType.Instance;
        if (type == typeof(DateTime))
            return DateTimeDataViewType.Instance;
        if (type == typeof(DateTimeOffset))
            return DateTimeOffsetDataViewType.Instance;
        if (type == typeof(TimeSpan))
            return TimeSpanDataViewType.Instance;
        return type == typeof(DataViewRowId) ? RowIdDataViewType.Instance : null;
    }

    private static ArgumentOutOfRangeException Unknown(RowMember member) =>
        new("rawType", $"Could not determine an IDataView type and registered custom types for member {member.Name}: {member.Type} is not a column type.");
}
