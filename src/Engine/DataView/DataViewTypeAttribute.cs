using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Data;

/// <summary>Base of attributes that give a member of a row class a column type of its own.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
[SuppressMessage("Design", "CA1067", Justification = "ML.NET's attribute compares only through IEquatable.")]
public abstract class DataViewTypeAttribute : Attribute, IEquatable<DataViewTypeAttribute>
{
    protected DataViewTypeAttribute()
    {
    }

    public abstract bool Equals(DataViewTypeAttribute? other);

    public abstract void Register();
}
