using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FeatureTransfer.Sql;

/// <summary>A forward reader of one result that is all said by names, types, values and the next row.</summary>
internal abstract class RowReader : DbDataReader
{
    public override int Depth => 0;

    public override bool HasRows => true;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool NextResult() => false;

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    public override int GetOrdinal(string name)
    {
        for (var column = 0; column < FieldCount; column++)
        {
            if (GetName(column).Equals(name, StringComparison.OrdinalIgnoreCase))
                return column;
        }

        throw new ArgumentOutOfRangeException(nameof(name), name, "There is no column of this name.");
    }

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var column = 0; column < count; column++)
            values[column] = GetValue(column);
        return count;
    }

    public override bool IsDBNull(int ordinal) => GetValue(ordinal) is DBNull;

    public override bool GetBoolean(int ordinal) => As<bool>(ordinal);

    public override byte GetByte(int ordinal) => As<byte>(ordinal);

    public override char GetChar(int ordinal) => As<char>(ordinal);

    public override DateTime GetDateTime(int ordinal) => As<DateTime>(ordinal);

    public override decimal GetDecimal(int ordinal) => As<decimal>(ordinal);

    public override double GetDouble(int ordinal) => As<double>(ordinal);

    public override float GetFloat(int ordinal) => As<float>(ordinal);

    public override Guid GetGuid(int ordinal) => Guid.Parse(GetString(ordinal), CultureInfo.InvariantCulture);

    public override short GetInt16(int ordinal) => As<short>(ordinal);

    public override int GetInt32(int ordinal) => As<int>(ordinal);

    public override long GetInt64(int ordinal) => As<long>(ordinal);

    public override string GetString(int ordinal) => As<string>(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Copy((byte[])GetValue(ordinal), dataOffset, buffer, bufferOffset, length);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy(GetString(ordinal).ToCharArray(), dataOffset, buffer, bufferOffset, length);

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public abstract override Type GetFieldType(int ordinal);

    private static long Copy<T>(T[] values, long from, T[]? buffer, int at, int length)
    {
        if (buffer is null)
            return values.Length;
        var count = (int)Math.Clamp(values.Length - from, 0, length);
        Array.Copy(values, from, buffer, at, count);
        return count;
    }

    private T As<T>(int ordinal) => (T)Convert.ChangeType(GetValue(ordinal), typeof(T), CultureInfo.InvariantCulture);
}
