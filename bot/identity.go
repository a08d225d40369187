package bot

// Platform is the name of the platform that a request comes from. Each adapter declares its
// platform's name.
type Platform string

// A Person is a user of a platform. A human who uses two platforms is two Persons.
type Person struct {
	Platform Platform
	Tenant   string
	User     string
}

// A Tenant is a workspace or a server on a platform.
type Tenant struct {
	Platform Platform
	ID       string
}

// A Channel is a channel or direct message of a tenant.
type Channel struct {
	Platform Platform
	Tenant   string
	ID       string
}
