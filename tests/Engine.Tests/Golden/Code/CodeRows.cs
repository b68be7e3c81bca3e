#nullable disable
using Microsoft.ML.Data;

namespace Engine.Tests.Golden.Rows;

// The row classes of code cases that the golden files do not describe.
#pragma warning disable CS0649 // they are read by reflection

public class Empty;

public class Base
{
    public float FromBase;
}

public class Derived : Base
{
    public float Own;
}

public class Bad1
{
    public object O;
}

public class Bad2
{
    public decimal M;
}

public class Bad3
{
    public List<float> L;
}

public class Bad4
{
    public int? N;
}

public class KeyOnFloat
{
    [KeyType(3)] public float F;
}

public class VecOnScalar
{
    [VectorType(3)] public float F;
}

public class DupName
{
    [ColumnName("X")] public float A;
    [ColumnName("X")] public float B;
}

public class TgtVBuf
{
    public VBuffer<float> V;
}
