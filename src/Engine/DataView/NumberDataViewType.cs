namespace Microsoft.ML.Data;

/// <summary>Numbers: integers of one to eight bytes, single and double precision.</summary>
public sealed class NumberDataViewType : PrimitiveDataViewType
{
    private NumberDataViewType(Type rawType)
        : base(rawType)
    {
    }

    public static NumberDataViewType SByte { get; } = new(typeof(sbyte));

    public static NumberDataViewType Byte { get; } = new(typeof(byte));

    public static NumberDataViewType Int16 { get; } = new(typeof(short));

    public static NumberDataViewType UInt16 { get; } = new(typeof(ushort));

    public static NumberDataViewType Int32 { get; } = new(typeof(int));

    public static NumberDataViewType UInt32 { get; } = new(typeof(uint));

    public static NumberDataViewType Int64 { get; } = new(typeof(long));

    public static NumberDataViewType UInt64 { get; } = new(typeof(ulong));

    public static NumberDataViewType Single { get; } = new(typeof(float));

    public static NumberDataViewType Double { get; } = new(typeof(double));

    internal static NumberDataViewType? FromType(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.SByte => SByte,
        TypeCode.Byte => Byte,
        TypeCode.Int16 => Int16,
        TypeCode.UInt16 => UInt16,
        TypeCode.Int32 => Int32,
        TypeCode.UInt32 => UInt32,
        TypeCode.Int64 => Int64,
        TypeCode.UInt64 => UInt64,
        TypeCode.Single => Single,
        TypeCode.Double => Double,
        _ => null,
    };

    public override bool Equals(DataViewType? other) => ReferenceEquals(this, other);

    public override string ToString() => RawType.Name;
}
