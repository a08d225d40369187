package bot

// Platform is the name of the platform that a request comes from. Each adapter
// declares its own.
type Platform string

// A Person is somebody on a platform. The same human on two platforms is two
// Persons.
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

// A Channel is where people of a tenant talk.
type Channel struct {
	Platform Platform
	Tenant   string
	ID       string
}
